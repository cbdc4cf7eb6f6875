import { CONSOLE_HOSTS } from '../../../../shared/aws/console-link.ts';
import { partitionOf } from '../../../../shared/aws/regions.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { consolePage } from '../../../aws/roles/federation.ts';

/** What people call a service, where its pages in the console are called otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  apigw: 'apigateway',
  cfn: 'cloudformation',
  cw: 'cloudwatch',
  ddb: 'dynamodbv2',
  dynamodb: 'dynamodbv2',
  eb: 'elasticbeanstalk',
  eventbridge: 'events',
  gd: 'guardduty',
  sfn: 'states',
  sm: 'secretsmanager',
  ssm: 'systems-manager',
  sso: 'singlesignon',
  stepfunctions: 'states',
  vpc: 'vpcconsole',
};

/**
 * The page of the console that `--service` or `--destination` name; its first page without either. Throws USAGE for a name that is
 * none, and for an address that is not one of the console of this region's partition: a signed-in person would land there.
 */
export function consoleDestination(
  region: string,
  service: string | undefined,
  destination: string | undefined,
): string {
  if (service !== undefined && destination !== undefined) {
    throw new AwsherError('USAGE', '`--service` and `--destination` cannot be combined.', {
      hint: 'leave one out',
    });
  }
  if (destination !== undefined) return checkedPage(destination, region);
  if (service !== undefined && !/^[A-Za-z0-9-]{1,64}$/.test(service)) {
    throw new AwsherError('USAGE', '`--service` needs a name such as s3 or ec2.', {
      hint: 'for any other page, copy its address: `awsher console --destination URL`',
    });
  }
  const known = service?.toLowerCase() ?? '';
  return consolePage(region, Object.hasOwn(ALIASES, known) ? ALIASES[known] : service);
}

function checkedPage(destination: string, region: string): string {
  const host = CONSOLE_HOSTS[partitionOf(region)?.id ?? 'aws'].console;
  const url = URL.canParse(destination) ? new URL(destination) : undefined;
  const isConsole = url?.hostname === host || url?.hostname.endsWith(`.${host}`);
  if (url?.protocol === 'https:' && isConsole && !url.port && !url.username && !url.password) return url.href;
  throw new AwsherError('USAGE', '`--destination` needs an AWS console address.', {
    hint: `it begins like https://${region}.${host}/`,
  });
}

const [SHORTEST, LONGEST] = [15 * 60, 12 * 60 * 60];

/** `--duration` in seconds: `900`, `90m`, `8h`. Throws USAGE for what AWS does not take (GetSigninToken: 15 minutes to 12 hours). */
export function consoleSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit = 's'] = /^(\d{1,6})([smh]?)$/.exec(text) ?? [];
  const total = Number(number) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1);
  if (total >= SHORTEST && total <= LONGEST) return total;
  throw new AwsherError('USAGE', '`--duration` must be 15 minutes to 12 hours.', {
    hint: 'write it as 90m, 8h or seconds',
  });
}
