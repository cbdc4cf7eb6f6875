import type { AuditCheck, AuditContext, Finding } from '../finding.ts';

/** Addresses in place of AWS's own to which signed requests and tokens go without encryption. */
export const endpoints: AuditCheck = {
  id: 'endpoints',
  about: 'unencrypted endpoints',
  run: (context) => [...inEnvironment(context), ...inConfig(context)],
};

function inEnvironment({ env }: AuditContext): Finding[] {
  return Object.entries(env).flatMap(([name, value]) =>
    /^AWS_ENDPOINT_URL(_|$)/.test(name) && value !== undefined && isOpen(value)
      ? [
          finding(
            `${name} names an address without encryption`,
            null,
            null,
            `run \`unset ${name}\`, or use https`,
          ),
        ]
      : [],
  );
}

function inConfig({ config }: AuditContext): Finding[] {
  const sections = [...config.profiles.values(), ...config.services.values()];
  return sections.flatMap(({ name, values }) =>
    [...values].flatMap(([key, { value, nested, file, line }]) => {
      const addresses = key === 'endpoint_url' ? [value] : [nested?.get('endpoint_url') ?? ''];
      return addresses.some(isOpen)
        ? [finding(`endpoint_url of ${name} is an address without encryption`, file, line, 'use https')]
        : [];
    }),
  );
}

function finding(title: string, file: string | null, line: number | null, fix: string): Finding {
  return { severity: 'medium', title, file, line, fix };
}

/** Plain http to another machine; what stays on this one is for tests. */
function isOpen(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|169\.254\.\d+\.\d+)$/.test(hostname)
  );
}
