import { describeFrontDoor } from '../support/front-door';
import { openProduct } from '../support/product';

describe('the front door in one process, queues on PostgreSQL', () => describeFrontDoor(() => openProduct()));
