import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const VERSIONS = { sso: '2019-06-10', 'sso-oidc': '2019-06-10', sts: '2011-06-15' } as const;

/**
 * Leads an AWS CLI that is too old for `AWS_ENDPOINT_URL_…` (before 2.13, botocore before 1.31) to another address:
 * endpoint rules in `~/.aws/models`, which botocore reads before its own (botocore/loaders.py, CUSTOMER_DATA_PATH).
 */
export async function writeEndpointRules(home: string, url: string): Promise<void> {
  for (const [service, version] of Object.entries(VERSIONS)) {
    const folder = join(home, '.aws', 'models', service, version);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, 'endpoint-rule-set-1.json'), JSON.stringify(ruleSet(service, url)));
  }
}

function ruleSet(service: string, url: string) {
  const flag = (builtIn: string) => ({
    builtIn,
    required: true,
    default: false,
    documentation: '',
    type: 'Boolean',
  });
  const text = (builtIn: string) => ({ builtIn, required: false, documentation: '', type: 'String' });
  return {
    version: '1.0',
    parameters: {
      Region: text('AWS::Region'),
      UseDualStack: flag('AWS::UseDualStack'),
      UseFIPS: flag('AWS::UseFIPS'),
      Endpoint: text('SDK::Endpoint'),
      ...(service === 'sts' ? { UseGlobalEndpoint: flag('AWS::STS::UseGlobalEndpoint') } : {}),
    },
    rules: [{ conditions: [], type: 'endpoint', endpoint: { url, properties: {}, headers: {} } }],
  };
}
