import type { OptionDeclaration } from './command.ts';

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionDeclaration[] = [
  {
    flag: '--profile',
    value: 'NAME',
    description: 'Profile (default: AWS_PROFILE, else default)',
    completes: 'profile',
  },
  { flag: '--session', value: 'NAME', description: 'sso-session', completes: 'session' },
  { flag: '--json', description: 'Answer as JSON on stdout' },
  { flag: '--quiet', short: '-q', description: 'Say nothing but the answer and errors' },
  { flag: '--verbose', short: '-v', description: 'Say how it came about' },
  { flag: '--no-color', description: 'No colors (NO_COLOR and FORCE_COLOR are read too)' },
];
