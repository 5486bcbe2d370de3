// What a deployed stack tells the command line, by the names of its CloudFormation outputs.

export const stackOutputs = {
  apiUrl: 'ApiUrl',
  tableName: 'TableName',
  queueUrl: 'QueueUrl',
  deadLetterQueueUrl: 'DeadLetterQueueUrl',
} as const;
