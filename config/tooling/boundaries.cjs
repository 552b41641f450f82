/**
 * The one-way flow: kernel 0, contracts 1, platform 2, directory 3, features and wechat 4, journeys 5, apps 6,
 * standalone 7. A room imports lower ranks only, through their `index.ts`; features are strangers to each other.
 */
const features = '(catalogue|routing|dialogue|circle|booking|casework|rating|assessment|notification|wechat)';
const shell = '\\.(module|service|store|row|migration)\\.ts$';
const spec = '\\.spec\\.ts$';

const ranks = [
  ['kernel', '^libs/kernel/'],
  ['contracts', '^libs/contracts/'],
  ['platform', '^libs/platform/'],
  ['directory', '^libs/directory/'],
  ['features', `^libs/${features}/`],
  ['journeys', '^libs/journeys/'],
  ['apps', '^apps/(?!standalone/|console/)'],
  ['standalone', '^apps/standalone/'],
];

const upward = ranks.slice(0, -1).map(([name, path], rank) => ({
  name: `${name}-looks-down-only`,
  comment: `${name} may import lower ranks only`,
  severity: 'error',
  from: { path, pathNot: spec },
  to: { path: ranks.slice(rank + 1).map(([, higher]) => higher) },
}));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'features-are-strangers',
      comment: 'a feature gets the facts of another as a snapshot, from a journey',
      severity: 'error',
      from: { path: `^libs/${features}/` },
      to: { path: `^libs/${features}/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'apps-are-strangers',
      comment: 'only standalone composes the doors',
      severity: 'error',
      from: { path: '^apps/((?!standalone)[^/]+)/', pathNot: spec },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'through-the-front-door',
      comment: 'a room is entered through its index.ts',
      severity: 'error',
      from: { path: '^(?:libs|apps)/([^/]+)/' },
      to: {
        path: '^(?:libs|apps)/[^/]+/src/',
        pathNot: ['^(?:libs|apps)/$1/', '^(?:libs|apps)/[^/]+/src/index\\.ts$'],
      },
    },
    {
      name: 'rules-are-pure',
      comment: 'a feature touches Nest, TypeORM and the world only in its shell files',
      severity: 'error',
      from: {
        path: '^libs/(catalogue|guidance|dialogue|circle|booking|casework|rating|assessment|notification)/src/',
        pathNot: [shell, spec, '/index\\.ts$', '/entry-file\\.ts$'],
      },
      to: {
        path: ['^libs/(?!kernel/|contracts/)', '(^|/)node_modules/', shell],
        pathNot: ['^libs/$1/src/(?!.*\\.(module|service|store|row|migration)\\.ts$)'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'testing-is-for-specs',
      comment: 'builders and fakes stay out of the product',
      severity: 'error',
      from: { pathNot: [spec, '^libs/testing/', '^test/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'wechaty-in-the-bot-only',
      comment: 'it costs 65 MB and a second to load',
      severity: 'error',
      from: { pathNot: '^apps/bot/' },
      to: { path: '(^|/)node_modules/wechaty' },
    },
    {
      name: 'no-circles',
      comment: 'a circle has no first page to read',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|apps/console)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
