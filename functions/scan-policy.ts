import { app } from '@azure/functions';

import { requestScans } from '../shared/run/requests';
import { hostOf } from './host';

app.timer('scan-policy', {
  schedule: '%AKS_DRIFT_SCHEDULE_POLICY%',
  useMonitor: true,
  handler: (_timer, context) => requestScans('policy', hostOf(context)),
});
