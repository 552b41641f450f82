export { buildRouter, routeTextLimit, type Router } from './router';
