import { toAwsherError } from '../../../shared/errors/awsher-error.ts';
import { type AuditCheck, type AuditContext, type AuditFinding, SEVERITIES } from './finding.ts';

export interface AuditResult {
  /** The worst first. */
  readonly findings: readonly AuditFinding[];
  /** Checks that could not be made, and why. */
  readonly skipped: readonly { readonly check: string; readonly reason: string }[];
}

/** Makes every check, each by itself. Never throws. */
export function runAudit(context: AuditContext, checks: readonly AuditCheck[]): AuditResult {
  const findings: AuditFinding[] = [];
  const skipped: { check: string; reason: string }[] = [];
  for (const check of checks) {
    try {
      findings.push(...check.run(context).map((finding) => ({ check: check.id, ...finding })));
    } catch (thrown) {
      skipped.push({ check: check.id, reason: toAwsherError(thrown).message });
    }
  }
  const rank = ({ severity }: AuditFinding) => SEVERITIES.indexOf(severity);
  return { findings: findings.sort((one, other) => rank(one) - rank(other)), skipped };
}
