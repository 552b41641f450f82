export type { Access } from './access/access';
export { ApiModule, type ApiOptions } from './api.module';
export { openApi, setUpHttp } from './http/set-up';
