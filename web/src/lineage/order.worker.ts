import { orderRows, type OrderRequest } from './order.js';

addEventListener('message', ({ data }: MessageEvent<OrderRequest>) => postMessage(orderRows(data)));
