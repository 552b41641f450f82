export { FrozenClock } from './frozen-clock';
export { testDatabase, type TestDatabase } from './test-database';
