import type { OptionDeclaration } from './command.ts';

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionDeclaration[] = [
  {
    flag: '--profile',
    value: 'NAME',
    description: 'Profile (default: AWS_PROFILE, else default)',
    completes: 'profile',
  },
  { flag: '--session', value: 'NAME', description: 'Session', completes: 'session' },
  { flag: '--json', description: 'Print JSON (no effect on commands that print lines for a shell)' },
  { flag: '--quiet', short: '-q', description: 'Print only the result and errors' },
  { flag: '--verbose', short: '-v', description: 'Print details' },
  { flag: '--no-color', description: 'No colors (NO_COLOR and FORCE_COLOR work too)' },
];
