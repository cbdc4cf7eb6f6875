import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findAwsClient } from './aws-client.ts';
import { must } from './failure.ts';
import { type Scene, SESSION } from './sign-ins.ts';

const PROFILE = 'payments-dev';

/** GetCallerIdentity through a profile, by the AWS CLI or an SDK. The profile is written as a person writes it. */
export async function proveIt({ screen, idc, terminal, home, pause, caption }: Scene): Promise<void> {
  const account = idc.accounts.find(({ accountName }) => accountName === PROFILE);
  const [, role] = account?.roles ?? [];
  must(account !== undefined && role !== undefined, `The embedded directory has no account ${PROFILE}.`);
  const lines = [
    `[profile ${PROFILE}]`,
    `sso_session = ${SESSION}`,
    `sso_account_id = ${account.accountId}`,
    `sso_role_name = ${role}`,
    `region = ${idc.region}`,
  ];
  screen.command('cat >> ~/.aws/config');
  for (const line of lines) screen.quote(line);
  await appendFile(join(home, '.aws', 'config'), `\n${lines.join('\n')}\n`);

  const client = await screen.step(
    'looking for an AWS client',
    () => findAwsClient(terminal, home, idc.httpUrl),
    ({ name, place }) => `${name} is here: ${place}`,
  );
  const arn = await screen.step(
    'asking AWS who this is',
    () => client.callerArn(PROFILE),
    `${client.name} is ${idc.user.userName} with ${role} in account ${account.accountId}`,
  );
  const wanted = `:${account.accountId}:assumed-role/AWSReservedSSO_${role}_`;
  must(arn.includes(wanted) && arn.endsWith(`/${idc.user.userName}`), `That is somebody else: ${arn}.`);
  await caption(`aws sts get-caller-identity --profile ${PROFILE}`, arn);
  must(
    idc.count('GetRoleCredentials', { status: 200 }) >= 1 &&
      idc.count('GetCallerIdentity', { status: 200 }) >= 1,
    'The AWS client answered without asking the embedded Identity Center.',
  );
  await pause(5000);
}
