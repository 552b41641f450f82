export type { Access } from './access/access';
export { ApiModule, type ApiOptions } from './api.module';
export { ExpressDoor } from './http/express-door';
export { openApi, setUpHttp } from './http/set-up';
