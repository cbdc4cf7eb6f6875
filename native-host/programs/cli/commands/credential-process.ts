import { openServerClock } from '../../../aws/calls/server-clock.ts';
import { samlCredentials } from '../../../aws/resolver/saml-credentials.ts';
import { processJson } from '../../../aws/roles/credentials.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { type Command, text } from '../command.ts';
import { keepFromAgents } from '../production-rule.ts';
import { askedProfile, profileCredentials } from '../profile-credentials.ts';

export const command: Command = {
  declaration: {
    name: 'credential-process',
    summary: "Print a profile's credentials for credential_process",
    description:
      'Never opens a browser and never asks: exits with 4 if you need to sign in. Only the credential_process of that profile may ask, on a terminal.',
    options: [
      {
        flag: '--saml',
        value: 'NAME',
        description: 'The credentials from this SAML sign-in (`awsher saml login`)',
      },
    ],
    examples: ['awsher credential-process --profile dev'],
  },
  async run(context, invocation, output) {
    const asked = askedProfile(context, invocation);
    const name = text(invocation, 'saml');
    if (name !== undefined) {
      await keepFromAgents(context, loadSharedConfig(context.paths), asked.profile);
      const now = openServerClock(context.paths, context.now).now();
      const found = samlCredentials(context.paths, { name, profile: asked.profile }, now);
      context.stdout.write(`${processJson(found)}\n`);
      return;
    }
    const credentials = await profileCredentials(context, { ...asked, output, mayPrompt: 'by-programs' });
    context.stdout.write(`${processJson(credentials)}\n`);
  },
};
