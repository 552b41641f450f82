export { buildRouter, routerSteps, routeTextLimit, type Router } from './router';
