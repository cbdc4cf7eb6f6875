import { readableConfig } from '../../../base/files/readable-config.ts';
import { userId } from '../../../base/platform/user.ts';
import { AUDIT_CHECKS } from '../../../features/audit/checks.ts';
import { type AuditContext, SEVERITIES, type Severity } from '../../../features/audit/finding.ts';
import { runAudit } from '../../../features/audit/run-audit.ts';
import { findingsText, summary } from '../audit/audit-words.ts';
import { type Command, type Declaration, type Run, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { tellOptions } from '../explain/options.ts';

const LEVELS = [...SEVERITIES, 'never'] as const;
const DEFAULT_LEVEL: Severity = 'medium';

export const declaration: Declaration = {
  name: 'audit',
  summary: 'Find plain-text keys, open files and risky credential_process lines',
  description:
    'Reads the AWS files, the environment, your shell startup files and .env in the current folder, and gives one fix for each finding. No network, no secrets, nothing written. Exits with 1 for a finding at or above --fail-on, so a pipeline can stop on it.',
  options: [
    {
      flag: '--fail-on',
      value: 'SEVERITY',
      description: `Lowest severity that makes the exit code 1 (default ${DEFAULT_LEVEL})`,
      choices: LEVELS,
    },
  ],
  examples: ['awsher audit', 'awsher audit --fail-on high', 'awsher audit --json'],
};

export const run: Run = async (context, invocation, output) => {
  const { env, paths, platform, cwd } = context;
  const uid = userId();
  const scene: AuditContext = {
    env,
    paths,
    platform,
    cwd,
    uid: uid < 0 ? undefined : uid,
    config: readableConfig(paths),
  };
  const result = runAudit(scene, AUDIT_CHECKS);
  const { findings, skipped } = result;
  const level = levelOf(text(invocation, 'failOn'));
  const bad = findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= level);
  if (output.json) output.data({ version: 1, ok: !bad, findings, skipped });
  else {
    if (findings.length > 0) output.answer(findingsText(result, tellOptions(context, invocation)));
    for (const { check, reason } of skipped) output.warn(`${check}: not checked (${reason})`);
    const clean = `${output.style.green('✓')} nothing found in ${AUDIT_CHECKS.length} checks`;
    output.tell(findings.length === 0 ? clean : summary(result));
  }
  return bad ? EXIT.failed : EXIT.done;
};

export const command: Command = { declaration, run };

/** The last severity that counts, as an index; -1 for `never`. */
function levelOf(named: string | undefined): number {
  return SEVERITIES.findIndex((severity) => severity === (named ?? DEFAULT_LEVEL));
}
