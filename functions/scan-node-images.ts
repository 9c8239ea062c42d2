import { app } from '@azure/functions';

import { requestScans } from '../shared/run/requests';
import { hostOf } from './host';

app.timer('scan-node-images', {
  schedule: '%AKS_DRIFT_SCHEDULE_NODE_IMAGES%',
  useMonitor: true,
  handler: (_timer, context) => requestScans('node-images', hostOf(context)),
});
