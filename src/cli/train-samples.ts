import { sampleFolder } from '../kb/sample-base.ts';
import { trainSampleEngine } from '../kb/sample-engine.ts';

// A step of the build.
await trainSampleEngine(sampleFolder);
