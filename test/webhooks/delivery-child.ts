import { Delivery } from '../../src/webhooks/deliver.js';
import { openChildContext } from '../support/child-context.js';
import { shortLease } from './schedules.js';

/** An instance that delivers, in a process of its own, to be killed. Arguments: the store's folder. */
const ctx = await openChildContext(process.argv[2]);
new Delivery(ctx, { privateAddresses: true }, shortLease).start();
