export { doorsOf, UsageError, type Door } from './doors';
export { openDoors, rootOf, type OpenDoors } from './open-doors';
export { prepare, type Ground } from './ground';
