import type { SourceName } from '../../aws/resolver/trace.ts';
import type { CacheFact, Hop, Place, Step, Story } from './story.ts';

/** One line of the picture, with what hangs below it. The terminal draws it; the popup may draw the same. */
export interface TreeNode {
  readonly mark: 'taken' | 'passed-over' | 'not-there' | 'invalid' | 'detail';
  readonly title: string;
  readonly text: string;
  /** Where to look: a file, with its line if there is one. */
  readonly place: { readonly file: string; readonly line: number | null } | null;
  /** Said at the right edge in place of a place. */
  readonly aside?: string;
  readonly children: readonly TreeNode[];
}

/** The AWS CLI's names for its sources, in a person's words. */
export const SOURCE_WORDS: Readonly<Record<SourceName, string>> = {
  profile: 'profile',
  env: 'environment keys',
  'assume-role': 'role to assume',
  'assume-role-with-web-identity': 'web identity',
  sso: 'Identity Center',
  'shared-credentials-file': 'credentials file',
  login: 'aws login',
  'custom-process': 'credential_process',
  'config-file': 'config file',
  'container-role': 'container role',
  'iam-role': 'EC2 instance role',
  cache: 'cache',
};

/** The order of the chain, which is what makes the picture readable: steps are told in the order of their looks. */
const CHAIN: readonly SourceName[] = [
  'env',
  'assume-role',
  'assume-role-with-web-identity',
  'sso',
  'shared-credentials-file',
  'login',
  'custom-process',
  'config-file',
  'container-role',
  'iam-role',
];

/** The picture of a story: the profile, each step of its chain, and below what was taken the chain of its source. */
export function treeOf(story: Story): TreeNode {
  const root = story.steps.find(({ source, hop }) => source === 'profile' && hop === 0);
  const named = story.profile === '' ? 'no profile' : `profile ${story.profile}`;
  return {
    mark: root?.outcome === 'invalid' ? 'invalid' : 'detail',
    title: named,
    text: NAMED[story.namedBy],
    place: placeOf(root),
    children: chain(story, 0),
  };
}

const NAMED = {
  argument: 'named on the command line',
  AWS_PROFILE: 'named by AWS_PROFILE',
  AWS_DEFAULT_PROFILE: 'named by AWS_DEFAULT_PROFILE',
  nothing: 'because nothing names another',
} as const;

function chain(story: Story, hop: number): TreeNode[] {
  const steps = story.steps.filter((step) => step.hop === hop && step.source !== 'profile');
  const nodes = [...steps]
    .sort((one, other) => CHAIN.indexOf(one.source) - CHAIN.indexOf(other.source))
    .map((step) => node(story, step));
  const last = steps.find(({ outcome }) => outcome === 'taken' || outcome === 'invalid');
  const seen = new Set(steps.map(({ source }) => source));
  const rest = CHAIN.slice(CHAIN.indexOf(last?.source ?? 'iam-role') + 1).filter(
    (source) => !seen.has(source) && (hop === 0 || !MACHINE.includes(source)),
  );
  if (rest.length === 0 || last === undefined) return nodes;
  const text = rest.map((source) => SOURCE_WORDS[source]).join(', ');
  return [...nodes, { mark: 'not-there', title: 'not asked', text, place: null, children: [] }];
}

const MACHINE: readonly SourceName[] = ['container-role', 'iam-role'];

function node(story: Story, step: Step): TreeNode {
  const taken = step.outcome === 'taken' ? story.hops[step.hop] : undefined;
  return {
    mark: step.outcome,
    title: SOURCE_WORDS[step.source],
    text: step.reason,
    place: placeOf(step),
    children: taken === undefined ? nested(story, step) : below(story, taken, step.hop),
  };
}

/** What was looked at on the way to an error inside a chain. */
function nested(story: Story, step: Step): TreeNode[] {
  return step.outcome === 'taken' && step.source === 'assume-role' ? chain(story, step.hop + 1) : [];
}

function below(story: Story, hop: Hop, index: number): TreeNode[] {
  const facts = hop.facts.map(({ name, value, place }) => detail(name, value, place));
  const caches = hop.caches.map((cache) => cacheNode(cache));
  if (hop.kind !== 'assume-role') return [...facts, ...caches];
  const next = story.hops[index + 1];
  const source = next?.profile ? `profile ${next.profile}` : 'its source';
  return [
    ...facts.filter(({ title }) => title !== 'source_profile'),
    ...caches,
    {
      mark: 'detail',
      title: source,
      text: 'the credentials that assume it',
      place: hop.facts.find(({ name }) => name === 'source_profile')?.place ?? null,
      children: chain(story, index + 1),
    },
  ];
}

const CACHE_WORDS = {
  token: 'token',
  'token-twin': 'same token',
  role: 'role in cache',
  registration: 'registration',
} as const;

function cacheNode({ kind, sentence, expiresAt, file, exists }: CacheFact): TreeNode {
  const until = expiresAt === null ? '' : `until ${expiresAt}, `;
  return {
    mark: 'detail',
    title: CACHE_WORDS[kind],
    text: `${until}${sentence}`,
    place: exists || kind === 'token' ? { file, line: null } : null,
    children: [],
  };
}

function detail(title: string, text: string, place: Place | null): TreeNode {
  return { mark: 'detail', title, text, place, children: [] };
}

function placeOf(step: Pick<Step, 'file' | 'line'> | undefined): TreeNode['place'] {
  return step === undefined || step.file === null ? null : { file: step.file, line: step.line };
}
