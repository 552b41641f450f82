export { WorkerModule, type WorkerOptions } from './worker.module';
