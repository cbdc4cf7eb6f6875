import { askEarly } from '../platform/early-state.ts';

// No module, and before everything else: it runs while the popup's own script is still being fetched and compiled.
askEarly();
// The first date in words loads the tables of the language: a third of the first picture's time, if it waited for that.
new Intl.DateTimeFormat(navigator.language, { day: 'numeric', month: 'short' }).format();
