// The terminal command. What people run many times a minute comes first and loads nothing else; the rest of awsher is
// loaded only when it is needed (docs/performance.md).

/** Put in by the build. Imported, it would tie this file to a bigger part of the program. */
declare const __VERSION__: string;

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${__VERSION__}\n`);
} else {
  import('../cli/main.ts').then(({ main }) => main(argv));
}

export {};
