import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Context } from '../../../base/platform/context.ts';
import type { Command, Invocation } from '../command.ts';
import { plain } from '../output.ts';
import { addSaml, listSaml, removeSaml } from '../saml/add.ts';
import { loginSaml } from '../saml/login.ts';

type Action = (context: Context, invocation: Invocation, name: string) => Promise<number>;

/** What can be done with the SAML sign-in of a name, by its word. */
const ACTIONS: Readonly<Record<string, Action>> = { login: loginSaml, add: addSaml, remove: removeSaml };
const WORDS = ['login', 'add', 'list', 'remove'];

export const command: Command = {
  declaration: {
    name: 'saml',
    summary: 'Sign in by SAML in your own browser, for companies without IAM Identity Center',
    description:
      "login opens your identity provider's page in the browser that awsher is installed in, and takes the one response that this tab then posts to AWS: with your passkey and all, and nothing of it is kept. STS makes credentials of it for one role, and the profile NAME (or --profile) gets them by credential_process. add and remove set a sign-in up; list shows them.",
    arguments: [
      { name: 'ACTION', description: WORDS.join(', '), choices: WORDS },
      { name: 'NAME', description: "The sign-in's name; any word, for example the company's" },
    ],
    options: [
      {
        flag: '--url',
        value: 'URL',
        description: 'add: the page that ends in the AWS console, such as the address of the tile',
      },
      { flag: '--role', value: 'ARN', description: 'The role to take: its ARN, or its name' },
      {
        flag: '--duration',
        value: 'SECONDS',
        description: 'How long, 900 to 43200 (default: what the response says, else 3600)',
      },
      { flag: '--region', value: 'REGION', description: 'Region of the profile, and to ask STS in' },
      {
        flag: '--issuer',
        value: 'ISSUER',
        description: 'add: whose responses count (default: that of the first one)',
      },
      {
        flag: '--write-credentials',
        description: 'login: keys into ~/.aws/credentials, for programs that read nothing else',
      },
      { flag: '--browser', value: 'LABEL', description: 'Use this connected browser', completes: 'label' },
    ],
    examples: [
      'awsher saml add corp --url https://corp.okta.com/home/amazon_aws/0oa1/272',
      'awsher saml login corp --role Admin',
      'awsher saml login corp --profile corp-prod --role arn:aws:iam::111122223333:role/Admin',
    ],
  },
  async run(context, invocation) {
    const [word, name, ...more] = invocation.arguments;
    if (word === 'list' && name === undefined) return listSaml(context, invocation);
    const act = word !== undefined && Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
    if (act !== undefined && name !== undefined && more.length === 0) return act(context, invocation, name);
    const sentence =
      act === undefined
        ? word === undefined || word === 'list'
          ? '`awsher saml` needs a word that says what to do, and a name.'
          : `There is no \`awsher saml ${plain(word)}\`.`
        : `\`awsher saml ${word}\` needs the name of a sign-in.`;
    throw new AwsherError('USAGE', sentence, {
      hint: 'run `awsher saml login NAME`, or `awsher saml list` to see the names',
    });
  },
};
