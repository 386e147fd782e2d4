import { parentPort, workerData } from 'node:worker_threads';
import type { BaseContent } from '../core/article.ts';
import { lint } from './lint.ts';

parentPort?.postMessage(lint(workerData as BaseContent));
