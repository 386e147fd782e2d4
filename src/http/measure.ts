import type { EventStreams } from './event-stream.ts';
import type { Metrics } from './metrics.ts';
import type { WebApp } from './web-app.ts';

const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Measures how long routes take, by their pattern: an address may hold an id. */
export function measure(app: WebApp, metrics: Metrics, streams: Pick<EventStreams, 'size'>): void {
  const seconds = metrics.histogram('relevo_http_seconds', 'How long answers took', bucketsSeconds, [
    'method',
    'route',
    'status',
  ]);
  metrics.gauge('relevo_http_streams', 'Open streams of events', [], async () => [
    { labels: {}, value: streams.size },
  ]);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (route.endsWith('/stream')) return;
    const status = String(reply.statusCode);
    seconds.observe(reply.elapsedTime / 1000, { method: request.method, route, status });
  });
}
