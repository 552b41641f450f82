export { allAtOnce } from './steps';
export { type Knowledge } from './knowledge';
export { knowledgeKey, readKnowledge, writeKnowledge } from './knowledge-file';
export { buildRouter, knowingRouter, learnRouter, routeTextLimit, type LearnedRouter, type Router } from './router';
