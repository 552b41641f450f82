import { describeFrontDoor } from '../support/front-door';
import { openSplitProduct } from '../support/processes';

describe('the front door as two processes, queues on PostgreSQL', () => describeFrontDoor(() => openSplitProduct()));

const redis = process.env['TEST_REDIS_URL'];
if (redis === undefined) process.stdout.write('TEST_REDIS_URL is not set: the front door is not tried on Redis\n');

(redis === undefined ? describe.skip : describe)('the front door as two processes, queues on Redis', () =>
  describeFrontDoor(() => openSplitProduct({ REDIS_URL: redis ?? '' })),
);
