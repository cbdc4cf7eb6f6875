/** `awsher-open URL`: the one-word form of `awsher open-url URL`, for tools that run `$BROWSER` as one word. */
void import('../cli/main.ts').then(({ main }) => main(['open-url', ...process.argv.slice(2)]));
