// Loaded into the measured process before the program (`node --import`): tells the benchmark, which started it, what the
// process uses. Not part of the product.
process.on('message', (question) => {
  if (question !== 'measure') return;
  // Twice: what the first collection frees may hold what the second one can free.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({ rssBytes: rss, heapBytes: heapUsed, cpuMs: (user + system) / 1_000 });
});
// Listening keeps no process alive that wants to end.
process.channel?.unref();
