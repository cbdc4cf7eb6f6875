import type { ArgumentDeclaration, CommandGroup, OptionDeclaration } from '../command.ts';

const NAME: ArgumentDeclaration = {
  name: 'NAME',
  description: 'A name for the sign-in, such as that of your company',
  required: true,
};

/** What a sign-in is set up with, and what one time can differ in. */
const HOW: readonly OptionDeclaration[] = [
  { flag: '--role', value: 'ARN', description: 'The role to use: its ARN or name' },
  {
    flag: '--duration',
    value: 'SECONDS',
    description: 'How long, 900 to 43200 (default: what the response says, else 3600)',
  },
  { flag: '--region', value: 'REGION', description: 'Region of the profile, and of STS' },
  {
    flag: '--issuer',
    value: 'ISSUER',
    description: 'Whose responses to accept (default: the issuer of the first one)',
  },
];

export const group: CommandGroup = {
  declaration: {
    name: 'saml',
    summary: 'Sign in with SAML, for companies without IAM Identity Center',
    examples: [
      'awsher saml add corp --url https://corp.okta.com/home/amazon_aws/0oa1/272',
      'awsher saml login corp --role Admin',
    ],
  },
  commands: [
    {
      declaration: {
        name: 'login',
        summary: "Sign in at your identity provider's page, in your own browser",
        description:
          'awsher takes the one response that this browser tab posts to AWS and keeps nothing of it. STS turns it into credentials for one role, and the profile NAME (or --profile) gets them through credential_process.',
        arguments: [NAME],
        options: [
          ...HOW,
          {
            flag: '--write-credentials',
            description: 'Write the keys to ~/.aws/credentials, for programs that read nothing else',
          },
          {
            flag: '--browser',
            value: 'LABEL',
            description: 'Use this connected browser',
            completes: 'label',
          },
        ],
        examples: [
          'awsher saml login corp',
          'awsher saml login corp --profile corp-prod --role arn:aws:iam::111122223333:role/Admin',
        ],
      },
      run: async (...given) => (await import('../saml/login.ts')).loginSaml(...given),
    },
    {
      declaration: {
        name: 'add',
        summary: 'Set up a sign-in, or change one',
        arguments: [NAME],
        options: [
          {
            flag: '--url',
            value: 'URL',
            description: 'The page that ends in the AWS console, such as the address of the AWS tile',
          },
          ...HOW,
        ],
        examples: ['awsher saml add corp --url https://corp.okta.com/home/amazon_aws/0oa1/272'],
      },
      run: async (...given) => (await import('../saml/add.ts')).addSaml(...given),
    },
    {
      declaration: { name: 'list', summary: 'List the sign-ins', examples: ['awsher saml list'] },
      run: async (...given) => (await import('../saml/add.ts')).listSaml(...given),
    },
    {
      declaration: {
        name: 'remove',
        summary: 'Remove a sign-in; its profiles stay',
        arguments: [NAME],
        examples: ['awsher saml remove corp'],
      },
      run: async (...given) => (await import('../saml/add.ts')).removeSaml(...given),
    },
  ],
};
