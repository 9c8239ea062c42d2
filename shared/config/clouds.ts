/** Where a cloud's services are, and for whom their tokens are made out. Sources: https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure, https://learn.microsoft.com/azure/china/resources-developer-guide */
export interface Cloud {
  readonly armEndpoint: string;
  readonly armScope: string;
  readonly authorityHost: string;
  readonly logsAudience: string;
  readonly portal: string;
}

export const CLOUDS: Readonly<Record<'AzurePublic' | 'AzureUSGovernment' | 'AzureChina', Cloud>> = {
  AzurePublic: {
    armEndpoint: 'https://management.azure.com',
    armScope: 'https://management.azure.com/.default',
    authorityHost: 'https://login.microsoftonline.com',
    logsAudience: 'https://monitor.azure.com',
    portal: 'https://portal.azure.com',
  },
  AzureUSGovernment: {
    armEndpoint: 'https://management.usgovcloudapi.net',
    armScope: 'https://management.usgovcloudapi.net/.default',
    authorityHost: 'https://login.microsoftonline.us',
    logsAudience: 'https://monitor.azure.us',
    portal: 'https://portal.azure.us',
  },
  AzureChina: {
    armEndpoint: 'https://management.chinacloudapi.cn',
    armScope: 'https://management.chinacloudapi.cn/.default',
    authorityHost: 'https://login.chinacloudapi.cn',
    logsAudience: 'https://monitor.azure.cn',
    portal: 'https://portal.azure.cn',
  },
};
