import { app } from '@azure/functions';

import { runScan } from '../shared/run/hosted';
import { hostOf } from './host';

app.storageQueue('run-scan', {
  queueName: 'scan-requests',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => {
    await runScan(message, hostOf(context));
  },
});
