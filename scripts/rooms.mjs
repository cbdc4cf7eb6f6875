// The map of the house: who may import from whom, types included. docs/architecture.md has the drawing.

/** What a room with several doors is called here. */
const AWS = ['aws/calls', 'aws/roles', 'aws/tokens', 'aws/resolver'];
const BASE = ['base/formats', 'base/files', 'base/platform', 'base/link', 'base/install'];
const FEATURES = [
  'audit',
  'catalogue',
  'doctor',
  'explain',
  'inventory',
  'migrate',
  'portal',
  'profiles',
  'saml',
  'settings',
  'signin',
  'upgrade',
].map((name) => `features/${name}`);

/**
 * Room → the other rooms of its world that it may import from. Everything that is not written here is forbidden. The files
 * that lie in `shared/` itself are for all, and so is `shared/` for the extension and the host side.
 *
 * @type {Record<'shared' | 'native-host' | 'extension', Record<string, readonly string[]>>}
 */
export const WORLDS = {
  shared: {
    '': ['aws'],
    errors: [],
    catalogue: [],
    transport: ['errors'],
    aws: ['errors', 'transport', 'catalogue'],
    saml: ['errors', 'aws'],
    approval: ['aws'],
    login: ['errors', 'approval'],
    oidc: ['errors', 'aws', 'login'],
    request: ['errors', 'aws', 'saml', 'approval', 'login', 'oidc'],
    protocol: ['errors', 'catalogue', 'aws', 'approval', 'login', 'oidc'],
    settings: ['aws', 'protocol'],
  },
  'native-host': {
    'base/formats': [],
    'base/files': ['base/formats'],
    'base/platform': ['base/formats', 'base/files'],
    'base/link': ['base/formats', 'base/files', 'base/platform'],
    'base/install': ['base/formats', 'base/files', 'base/platform', 'base/link'],
    'aws/calls': BASE,
    'aws/roles': [...BASE, 'aws/calls'],
    'aws/tokens': [...BASE, 'aws/calls', 'aws/roles'],
    'aws/resolver': [...BASE, 'aws/calls', 'aws/roles', 'aws/tokens'],
    'features/settings': [...BASE, ...AWS],
    'features/portal': [...BASE, ...AWS, 'features/settings'],
    'features/profiles': [...BASE, ...AWS, 'features/settings'],
    'features/signin': [...BASE, ...AWS, 'features/settings'],
    'features/upgrade': [...BASE, ...AWS, 'features/settings'],
    'features/catalogue': [...BASE, ...AWS],
    'features/explain': [...BASE, ...AWS],
    'features/inventory': [...BASE, ...AWS],
    'features/saml': [...BASE, ...AWS],
    'features/migrate': [...BASE, ...AWS, 'features/saml'],
    'features/audit': [...BASE, ...AWS, 'features/catalogue', 'features/inventory'],
    'features/doctor': [...BASE, ...AWS, 'features/explain', 'features/inventory', 'features/signin'],
    'programs/cli': [...BASE, ...AWS, ...FEATURES],
    'programs/host': [...BASE, ...AWS, ...FEATURES],
    'programs/bin': [...BASE, ...AWS, ...FEATURES, 'programs/cli', 'programs/host'],
  },
  extension: {
    platform: [],
    ui: ['platform', '_locales'],
    notice: ['platform'],
    content: ['platform', 'notice'],
    popup: ['platform', 'ui'],
    options: ['platform', 'ui'],
    welcome: ['platform', 'ui'],
    ask: ['platform', 'ui'],
    permission: ['platform', 'ui'],
    'background/memory': ['platform'],
    'background/host': ['platform'],
    'background/signs': ['platform', 'ui'],
    'background/request': ['platform', 'background/memory', 'background/host'],
    'background/approval': ['platform', 'ui', 'background/memory', 'background/host', 'background/request'],
    'background/doors': [
      'platform',
      'background/memory',
      'background/host',
      'background/request',
      'background/approval',
    ],
    background: [
      'platform',
      'background/memory',
      'background/host',
      'background/signs',
      'background/request',
      'background/approval',
      'background/doors',
    ],
  },
};
/** What `shared/` may import from packages; everything else there is written out. */
export const SHARED_PACKAGES = ['valibot'];
