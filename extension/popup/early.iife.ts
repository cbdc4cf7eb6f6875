import { askEarly } from '../platform/early-state.ts';

// No module, and before everything else: it runs while the popup's own script is still being fetched and compiled.
askEarly();
