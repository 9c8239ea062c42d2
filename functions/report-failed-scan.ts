import { app } from '@azure/functions';

import { reportFailedScan } from '../shared/run/hosted';
import { hostOf } from './host';

app.storageQueue('report-failed-scan', {
  queueName: 'scan-requests-poison',
  connection: 'AzureWebJobsStorage',
  handler: (message, context) => reportFailedScan(message, hostOf(context)),
});
