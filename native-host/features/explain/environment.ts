import { maskKeyId } from '../../base/formats/mask.ts';
import type { NamedBy, Step, Variable } from './story.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Effect = Pick<Variable, 'effect' | 'sentence'>;

interface Scene {
  readonly env: Env;
  readonly namedBy: NamedBy;
  readonly profile: string;
  readonly steps: readonly Step[];
}

/** How a variable's value may be shown. */
type Show = 'plain' | 'masked' | 'hidden';

/** Every variable that has a say, in the order in which it has it. */
const VARIABLES: readonly (readonly [name: string, show: Show, effect: (scene: Scene) => Effect])[] = [
  ['AWS_ACCESS_KEY_ID', 'masked', keys],
  ['AWS_SECRET_ACCESS_KEY', 'hidden', withKeys],
  ['AWS_SESSION_TOKEN', 'hidden', withKeys],
  ['AWS_SECURITY_TOKEN', 'hidden', withKeys],
  ['AWS_CREDENTIAL_EXPIRATION', 'plain', withKeys],
  ['AWS_PROFILE', 'plain', (scene) => naming(scene, 'AWS_PROFILE')],
  ['AWS_DEFAULT_PROFILE', 'plain', (scene) => naming(scene, 'AWS_DEFAULT_PROFILE')],
  ['AWS_CONFIG_FILE', 'plain', () => used('Replaces ~/.aws/config.')],
  ['AWS_SHARED_CREDENTIALS_FILE', 'plain', () => used('Replaces ~/.aws/credentials.')],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'plain', webIdentity],
  ['AWS_ROLE_ARN', 'plain', webIdentity],
  ['AWS_ROLE_SESSION_NAME', 'plain', webIdentity],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'plain', container],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'plain', container],
  [
    'AWS_EC2_METADATA_DISABLED',
    'plain',
    () => used('If it is `true`, nothing asks an EC2 instance for its role.'),
  ],
  ['AWS_REGION', 'plain', region],
  ['AWS_DEFAULT_REGION', 'plain', region],
  ['AWS_ENDPOINT_URL', 'plain', endpoint],
  ['AWS_ENDPOINT_URL_STS', 'plain', endpoint],
  ['AWS_ENDPOINT_URL_SSO', 'plain', endpoint],
  ['AWS_ENDPOINT_URL_SSO_OIDC', 'plain', endpoint],
  ['AWS_SDK_LOAD_CONFIG', 'plain', () => idle('No current SDK reads it.')],
];

/** The variables that are set, with what each of them does to this profile. */
export function readEnvironment(scene: Scene): Variable[] {
  return VARIABLES.flatMap(([name, show, effect]) => {
    const value = scene.env[name];
    if (!value) return [];
    const shown = show === 'hidden' ? null : show === 'masked' ? maskKeyId(value) : withoutUserInfo(value);
    return [{ name, value: shown, ...effect(scene) }];
  });
}

function keys({ steps, env }: Scene): Effect {
  const outcome = envStep(steps)?.outcome;
  if (steps.some(({ source, outcome: how }) => source === 'profile' && how === 'invalid'))
    return passed('Everything stops here: the profile does not exist.');
  if (outcome === 'taken') {
    const over = env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE;
    return {
      effect: 'wins',
      sentence: over
        ? `Silently overrides the profile ${over} from the environment; only --profile overrides it.`
        : 'Keys in the environment come first; only --profile overrides them.',
    };
  }
  if (outcome === 'invalid') return { effect: 'wins', sentence: 'Half a pair: everything stops here.' };
  if (fromSource(steps)) return used('The role is assumed with these keys.');
  return passed('The profile was named on the command line. Without that, this would win.');
}

function withKeys(scene: Scene): Effect {
  if (!scene.env.AWS_ACCESS_KEY_ID) return idle('Does not count without AWS_ACCESS_KEY_ID.');
  const { effect } = keys(scene);
  if (scene.env.AWS_SECURITY_TOKEN && scene.env.AWS_SESSION_TOKEN && effect !== 'passed-over') {
    return { effect, sentence: 'AWS_SECURITY_TOKEN comes before AWS_SESSION_TOKEN in the AWS CLI.' };
  }
  return { effect, sentence: 'Belongs to AWS_ACCESS_KEY_ID.' };
}

function naming({ namedBy, env, steps }: Scene, name: 'AWS_PROFILE' | 'AWS_DEFAULT_PROFILE'): Effect {
  if (envStep(steps)?.outcome === 'taken') return passed('The keys in the environment come first.');
  if (namedBy === name) return { effect: 'wins', sentence: 'Names the profile.' };
  if (namedBy === 'argument') return passed('The profile was named on the command line.');
  return passed(
    `${env.AWS_PROFILE ? 'AWS_PROFILE' : 'Something'} comes first in the AWS CLI v2 and in awsher; boto3 uses this one.`,
  );
}

function webIdentity({ steps, namedBy, env }: Scene): Effect {
  const step = steps.find(({ source, hop }) => source === 'assume-role-with-web-identity' && hop === 0);
  if (step?.outcome === 'taken' && namedBy !== 'argument' && env.AWS_WEB_IDENTITY_TOKEN_FILE)
    return { effect: 'wins', sentence: 'Part of a web identity from the environment.' };
  if (namedBy === 'argument') return passed('The profile was named on the command line.');
  return env.AWS_WEB_IDENTITY_TOKEN_FILE
    ? passed('Something else comes first.')
    : idle('Does not count without AWS_WEB_IDENTITY_TOKEN_FILE.');
}

function container({ steps }: Scene): Effect {
  return steps.some(({ source, outcome }) => source === 'container-role' && outcome === 'taken')
    ? { effect: 'wins', sentence: "The container's role, because nothing before it gave credentials." }
    : passed('Comes last; something before it gave credentials or stopped the search.');
}

function region({ env }: Scene): Effect {
  const both = env.AWS_REGION && env.AWS_DEFAULT_REGION && env.AWS_REGION !== env.AWS_DEFAULT_REGION;
  return used(
    both
      ? 'Two regions: the AWS CLI v2 uses AWS_REGION, boto3 only AWS_DEFAULT_REGION.'
      : 'Where requests go. Does not affect whose they are.',
  );
}

function endpoint(): Effect {
  return used("Requests go to this address instead of AWS's own.");
}

const used = (sentence: string): Effect => ({ effect: 'used', sentence });
const passed = (sentence: string): Effect => ({ effect: 'passed-over', sentence });
const idle = (sentence: string): Effect => ({ effect: 'no-effect', sentence });

function envStep(steps: readonly Step[]): Step | undefined {
  return steps.find(({ source, hop }) => source === 'env' && hop === 0);
}

function fromSource(steps: readonly Step[]): boolean {
  return steps.some(({ source, hop, outcome }) => source === 'env' && hop > 0 && outcome === 'taken');
}

/** An address may carry a password before its host. */
function withoutUserInfo(value: string): string {
  return value.replace(/\/\/[^/@\s]*@/, '//…@');
}
