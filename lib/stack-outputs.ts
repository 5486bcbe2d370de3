// Names of the CloudFormation outputs by which the command line finds a deployed stack.

export const stackOutputs = {
  apiUrl: 'ApiUrl',
  tableName: 'TableName',
  queueUrl: 'QueueUrl',
  deadLetterQueueUrl: 'DeadLetterQueueUrl',
} as const;
