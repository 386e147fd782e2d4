// Whether this container's Relevo is ready: its store and its queue answer. For the image, which has neither curl nor wget.
// biome-ignore lint/style/noProcessEnv: it asks the process beside it, and reads nothing else.
const port = process.env.PORT || 3000;
const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
  signal: AbortSignal.timeout(4_000),
});
process.exitCode = answer.ok ? 0 : 1;
