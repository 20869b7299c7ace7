import type { NotHere } from '../hooks/api.ts';
import { Alert, Button, EmptyState, ErrorState, Flex, Text } from '../host.ts';

/** Why there is nothing to show, what is safe, and what to do. */
export function Refused({ why, onRetry }: { why: NotHere; onRetry: () => void }) {
  if (why.is === 'offline')
    return (
      <Alert title="No connection" variant="warning">
        <Flex direction="column" gap="xs" align="start">
          <Text>We will try again by ourselves. Calls go on being heard.</Text>
          <Button size="xs" onClick={onRetry}>
            Try now
          </Button>
        </Flex>
      </Alert>
    );
  if (why.code === 'not-connected')
    return (
      <EmptyState title={why.what} layout="vertical" imageName="integrations" imageWidth={80} flush>
        <Text>{why.todo}</Text>
      </EmptyState>
    );
  if (why.code === 'no-permission')
    return (
      <ErrorState title={why.what} type="lock">
        <Text>{why.todo}</Text>
      </ErrorState>
    );
  return (
    <Alert title={why.what} variant={why.code === 'trouble' || why.code === 'bad-request' ? 'danger' : 'warning'}>
      <Flex direction="column" gap="xs" align="start">
        <Text>{why.todo}</Text>
        {why.code !== 'plan-limit' && (
          <Button size="xs" onClick={onRetry}>
            {why.code === 'stale' ? 'Reload' : 'Try again'}
          </Button>
        )}
      </Flex>
    </Alert>
  );
}
