// What any program does: the AWS SDK for JavaScript with its own way to credentials. It knows nothing of awsher.
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const { Arn } = await new STSClient().send(new GetCallerIdentityCommand());
console.log(Arn);
