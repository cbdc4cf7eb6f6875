import { processJson } from '../../aws/credentials.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput } from '../output.ts';
import { askedProfile, profileCredentials } from '../profile-credentials.ts';

export const command: Command = {
  declaration: {
    name: 'credential-process',
    summary: "Print a profile's credentials as a credential_process does",
    description:
      'Never opens a browser and never asks anything: when a sign-in is needed it says so and exits with 4.',
    examples: ['awsher credential-process --profile dev'],
  },
  async run(context, invocation) {
    const output = createOutput(context, invocation);
    const asked = askedProfile(context, invocation);
    const credentials = await profileCredentials(context, { ...asked, output, mayPrompt: false });
    context.stdout.write(`${processJson(credentials)}\n`);
    return EXIT.done;
  },
};
