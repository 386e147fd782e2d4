import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** A number that only rises. */
export interface Count {
  add(labels?: Readonly<Record<string, string>>, by?: number): void;
}

/** How values are spread. */
export interface Spread {
  observe(value: number, labels?: Readonly<Record<string, string>>): void;
}

/** A reading of a gauge. */
export interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What this process measures; parts are handed what they count with. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): Count;
  /** @param buckets upper bounds, in the unit that the name ends with */
  histogram(name: string, help: string, buckets: readonly number[], labels?: readonly string[]): Spread;
  /** @param read is called whenever somebody asks for the metrics; when it fails, the gauge is left out */
  gauge(name: string, help: string, labels: readonly string[], read: () => Promise<readonly Reading[]>): void;
  /** All of it in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** @param options `process: false` leaves out what every Node.js process measures of itself */
export function createMetrics(options: { process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process ?? true) collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counter(name, help, labels = []) {
      const counter = new Counter({ name, help, labelNames: [...labels], registers });
      return { add: (values = {}, by = 1) => counter.inc(values, by) };
    },
    histogram(name, help, buckets, labels = []) {
      const spread = new Histogram({
        name,
        help,
        buckets: [...buckets],
        labelNames: [...labels],
        registers,
      });
      return { observe: (value, values = {}) => spread.observe(values, value) };
    },
    gauge(name, help, labels, read) {
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers,
        async collect() {
          this.reset();
          const readings = await read().catch((): readonly Reading[] => []);
          for (const reading of readings) this.set(reading.labels, reading.value);
        },
      });
    },
  };
}
