# Completion of cogid for fish. Made by: python -m cogid.completion
# To load it: cogid completion fish | source

# Each function prints a word a line, a tab, and what the word is about.
function __cogid_commands
    printf '%s\t%s\n' 'create-identity-pool' 'Make a pool' 'delete-identities' 'Delete identities, any number of them' 'delete-identity-pool' 'Delete a pool and its identities' 'describe-identity' 'Show an identity\'s logins and dates' 'describe-identity-pool' 'Show a pool\'s settings' 'get-credentials-for-identity' 'Get temporary AWS credentials' 'get-id' 'Get the identity of a user or guest' 'get-identity-pool-roles' 'Show a pool\'s roles and role mappings' 'get-open-id-token' 'Get an OpenID token for STS (classic flow)' 'get-open-id-token-for-developer-identity' 'Register or sign in a user of your own' 'get-principal-tag-attribute-map' 'Show which claims become session tags' 'list-identities' 'List the identities of a pool' 'list-identity-pools' 'List the pools of a region' 'list-tags-for-resource' 'Show a pool\'s tags' 'lookup-developer-identity' 'Find an identity by your user id, or back' 'merge-developer-identities' 'Make two of your users one identity' 'set-identity-pool-roles' 'Replace a pool\'s roles and role mappings' 'set-principal-tag-attribute-map' 'Choose which claims become session tags' 'tag-resource' 'Put tags on a pool' 'unlink-developer-identity' 'Take one of your users off an identity' 'unlink-identity' 'Take a public login off an identity' 'untag-resource' 'Take tags off a pool' 'update-identity-pool' 'Replace a pool\'s settings' 'help' 'Show help on a command or topic' 'completion' 'Print the completion script of a shell' 'local' 'Run Cognito identity pools on this machine, without an account'
end

# What follows a command: its own flags, then the global ones.
function __cogid_flags_of
    switch "$argv[1]"
        case 'create-identity-pool'
            printf '%s\t%s\n' '--identity-pool-name' 'A name for the pool, for people to read' '--allow-unauthenticated-identities' 'Whether guests get identities too' '--no-allow-unauthenticated-identities' 'The opposite of --allow-unauthenticated-identities' '--allow-classic-flow' 'Whether get-open-id-token may be used' '--no-allow-classic-flow' 'The opposite of --allow-classic-flow' '--supported-login-providers' 'Public providers, and your app\'s id there' '--developer-provider-name' 'A name for your own login' '--open-id-connect-provider-arns' 'The ARNs of OpenID Connect providers in IAM' '--cognito-identity-providers' 'Cognito user pools and their app clients' '--saml-provider-arns' 'The ARNs of SAML providers in IAM' '--identity-pool-tags' 'Labels for the pool' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'delete-identities'
            printf '%s\t%s\n' '--identity-ids-to-delete' 'The identities to delete: any number, sent 60 at a time' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'delete-identity-pool'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'describe-identity'
            printf '%s\t%s\n' '--identity-id' 'The identity\'s id, REGION:GUID' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'describe-identity-pool'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'get-credentials-for-identity'
            printf '%s\t%s\n' '--identity-id' 'The identity\'s id, REGION:GUID' '--logins' 'Logins, PROVIDER=TOKEN' '--custom-role-arn' 'The role to take when the login\'s token offers more than one' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'get-id'
            printf '%s\t%s\n' '--account-id' 'The AWS account of the pool' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--logins' 'Logins, PROVIDER=TOKEN' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'get-identity-pool-roles'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'get-open-id-token'
            printf '%s\t%s\n' '--identity-id' 'The identity\'s id, REGION:GUID' '--logins' 'Logins, PROVIDER=TOKEN' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'get-open-id-token-for-developer-identity'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--identity-id' 'Link the login to this identity, instead of to its own or a new one' '--logins' 'Your provider\'s name=the user\'s id in your backend' '--principal-tags' 'Session tags to write into the token: tag=value' '--token-duration' 'How many seconds the token is valid' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'get-principal-tag-attribute-map'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--identity-provider-name' 'The provider: cognito-idp.REGION.amazonaws.com/USER_POOL_ID, or the ARN...' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'list-identities'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--max-results' 'Fetch one page of at most so many, as AWS CLI does' '--next-token' 'Fetch the one page that this token of an earlier reply stands for' '--hide-disabled' 'Leave out disabled identities' '--no-hide-disabled' 'The opposite of --hide-disabled' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing' '--starting-token' 'Where to start: the NextToken of an earlier reply' '--page-size' 'How many items to ask for at a time' '--max-items' 'How many items to print in all'
        case 'list-identity-pools'
            printf '%s\t%s\n' '--max-results' 'Fetch one page of at most so many, as AWS CLI does' '--next-token' 'Fetch the one page that this token of an earlier reply stands for' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing' '--starting-token' 'Where to start: the NextToken of an earlier reply' '--page-size' 'How many items to ask for at a time' '--max-items' 'How many items to print in all'
        case 'list-tags-for-resource'
            printf '%s\t%s\n' '--resource-arn' 'The pool\'s ARN: arn:aws:cognito-identity:REGION:ACCOUNT:identitypool/POOL_ID' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'lookup-developer-identity'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--identity-id' 'The identity\'s id, REGION:GUID' '--developer-user-identifier' 'The user\'s id in your own backend' '--max-results' 'Fetch one page of at most so many, as AWS CLI does' '--next-token' 'Fetch the one page that this token of an earlier reply stands for' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing' '--starting-token' 'Where to start: the NextToken of an earlier reply' '--page-size' 'How many items to ask for at a time' '--max-items' 'How many items to print in all'
        case 'merge-developer-identities'
            printf '%s\t%s\n' '--source-user-identifier' 'The user who moves to the other\'s identity' '--destination-user-identifier' 'The user whose identity stays' '--developer-provider-name' 'The name under which your own login stands in --logins' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'set-identity-pool-roles'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--roles' 'The roles\' ARNs, for users (authenticated) and guests (unauthenticated)' '--role-mappings' 'Rules that choose another role, by provider: accounts.google.com, or...' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'set-principal-tag-attribute-map'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--identity-provider-name' 'The provider: cognito-idp.REGION.amazonaws.com/USER_POOL_ID, or the ARN...' '--use-defaults' 'Use the default tags, username and client, instead of --principal-tags' '--no-use-defaults' 'The opposite of --use-defaults' '--principal-tags' 'Session tags: tag=claim of the provider\'s token' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'tag-resource'
            printf '%s\t%s\n' '--resource-arn' 'The pool\'s ARN: arn:aws:cognito-identity:REGION:ACCOUNT:identitypool/POOL_ID' '--tags' 'The tags to put on' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'unlink-developer-identity'
            printf '%s\t%s\n' '--identity-id' 'The identity\'s id, REGION:GUID' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--developer-provider-name' 'The name under which your own login stands in --logins' '--developer-user-identifier' 'The user\'s id in your own backend' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'unlink-identity'
            printf '%s\t%s\n' '--identity-id' 'The identity\'s id, REGION:GUID' '--logins' 'Logins, PROVIDER=TOKEN' '--logins-to-remove' 'The providers whose logins to take off' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'untag-resource'
            printf '%s\t%s\n' '--resource-arn' 'The pool\'s ARN: arn:aws:cognito-identity:REGION:ACCOUNT:identitypool/POOL_ID' '--tag-keys' 'The keys of the tags to take off' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'update-identity-pool'
            printf '%s\t%s\n' '--identity-pool-id' 'The pool\'s id, REGION:GUID' '--identity-pool-name' 'A name for the pool, for people to read' '--allow-unauthenticated-identities' 'Whether guests get identities too' '--no-allow-unauthenticated-identities' 'The opposite of --allow-unauthenticated-identities' '--allow-classic-flow' 'Whether get-open-id-token may be used' '--no-allow-classic-flow' 'The opposite of --allow-classic-flow' '--supported-login-providers' 'Public providers, and your app\'s id there' '--developer-provider-name' 'A name for your own login' '--open-id-connect-provider-arns' 'The ARNs of OpenID Connect providers in IAM' '--cognito-identity-providers' 'Cognito user pools and their app clients' '--saml-provider-arns' 'The ARNs of SAML providers in IAM' '--identity-pool-tags' 'Labels for the pool' '--cli-input-json' 'Parameters as JSON, or a file:// of it' '--cli-input-yaml' 'Parameters as YAML, or a file:// of it' '--generate-cli-skeleton' 'Print a sample and send nothing'
        case 'help'
            true
        case 'completion'
            printf '%s\t%s\n' '--help' 'Show help'
        case 'local'
            printf '%s\t%s\n' '--help' 'Show help'
        case 'local serve'
            printf '%s\t%s\n' '--host' 'Address to listen on' '--port' 'Port to listen on' '--db' 'State file' '--trust' 'Check this issuer\'s tokens against the keys (JWKS) in a file' '--allow-remote' 'Let other machines connect (see --host)' '--help' 'Show help'
        case 'local reset'
            printf '%s\t%s\n' '--db' 'State file' '--yes' 'Do not ask' '--help' 'Show help'
        case 'local path'
            printf '%s\t%s\n' '--db' 'State file' '--help' 'Show help'
        case 'local env'
            printf '%s\t%s\n' '--db' 'State file' '--shell' 'Shell to word them for' '--help' 'Show help'
    end
    switch "$argv[1]"
        case 'help' 'help *' 'completion' 'completion *' 'local' 'local *'
        case '*'
            printf '%s\t%s\n' '--debug' 'Log what is done to stderr, secrets left out' '--endpoint-url' 'Send requests to this URL' '--no-verify-ssl' 'Do not verify TLS certificates' '--no-paginate' 'Fetch the first page only' '--output' 'How to print the reply' '--query' 'A JMESPath expression that picks from the reply' '--profile' 'The profile to use from the AWS configuration' '--region' 'The region to call' '--version' 'Print the version and stop' '--color' 'When to colour' '--no-sign-request' 'Send the request unsigned, without credentials' '--ca-bundle' 'The CA certificates to verify TLS with' '--cli-read-timeout' 'Seconds to wait for a reply' '--cli-connect-timeout' 'Seconds to wait to connect' '--cli-binary-format' 'How blobs are written' '--no-cli-pager' 'Do not page the output' '--cli-auto-prompt' 'Prompt for flags' '--no-cli-auto-prompt' 'Do not prompt for flags' '--cli-error-format' 'How to print errors' '--local' 'Use the local service: no account, no server' '--local-db' 'The local service\'s state file' '--help' 'Show help'
    end
end

# How many words a flag of a command takes (0, 1, + or ?), where its values come from, and
# whether file:// may stand for them.
function __cogid_kind_of
    switch "$argv[1] $argv[2]"
        case 'create-identity-pool --developer-provider-name'
            echo '1 - may'
        case '* --identity-pool-name' '* --account-id' '* --next-token' '* --developer-user-identifier' '* --source-user-identifier' '* --destination-user-identifier'
            echo '1 - may'
        case '* --allow-unauthenticated-identities' '* --no-allow-unauthenticated-identities' '* --allow-classic-flow' '* --no-allow-classic-flow' '* --debug' '* --no-verify-ssl' '* --no-paginate' '* --version' '* --no-sign-request' '* --no-cli-pager' '* --cli-auto-prompt' '* --no-cli-auto-prompt' '* --local' '* --help' '* --hide-disabled' '* --no-hide-disabled' '* --use-defaults' '* --no-use-defaults' '* --allow-remote' '* --yes'
            echo '0 - -'
        case '* --supported-login-providers' '* --logins' '* --roles' '* --role-mappings'
            echo '1 places likely'
        case '* --developer-provider-name'
            echo '1 developer-provider may'
        case '* --open-id-connect-provider-arns' '* --saml-provider-arns'
            echo '+ - may'
        case '* --cognito-identity-providers'
            echo '+ places likely'
        case '* --identity-pool-tags' '* --cli-input-json' '* --cli-input-yaml' '* --principal-tags' '* --tags'
            echo '1 - likely'
        case '* --generate-cli-skeleton'
            echo '? - -'
        case '* --endpoint-url' '* --output' '* --query' '* --region' '* --color' '* --cli-read-timeout' '* --cli-connect-timeout' '* --cli-binary-format' '* --cli-error-format' '* --token-duration' '* --max-results' '* --starting-token' '* --page-size' '* --max-items' '* --host' '* --port' '* --shell'
            echo '1 - -'
        case '* --profile'
            echo '1 profiles -'
        case '* --ca-bundle' '* --local-db' '* --db'
            echo '1 files -'
        case '* --identity-ids-to-delete'
            echo '+ identities may'
        case '* --identity-pool-id'
            echo '1 pools may'
        case '* --identity-id'
            echo '1 identities may'
        case '* --custom-role-arn'
            echo '1 roles may'
        case '* --identity-provider-name'
            echo '1 providers may'
        case '* --resource-arn'
            echo '1 pool-arns may'
        case '* --logins-to-remove'
            echo '+ linked-logins may'
        case '* --tag-keys'
            echo '+ tag-keys may'
        case '* --trust'
            echo '1 places -'
    end
end

# The values of a flag, or those at one place inside it; as "from SOURCE" where they are live.
function __cogid_values_of
    switch "$argv[1]"
        case '--supported-login-providers 0'
            printf '%s\t%s\n' 'accounts.google.com=' 'Google' 'api.twitter.com=' 'Twitter' 'appleid.apple.com=' 'Apple' 'graph.facebook.com=' 'Facebook' 'www.amazon.com=' 'Amazon'
        case '--cognito-identity-providers 0'
            printf '%s\t%s\n' 'ProviderName=' 'The provider name for an Amazon Cognito user pool' 'ClientId=' 'The client ID for the Amazon Cognito user pool' 'ServerSideTokenCheck=' 'TRUE if server-side token validation is enabled for the identity...'
        case '--cognito-identity-providers ServerSideTokenCheck='
            printf '%s\t%s\n' 'true' '' 'false' ''
        case '--generate-cli-skeleton'
            printf '%s\t%s\n' 'input' 'the request as JSON' 'yaml-input' 'the request as YAML' 'output' 'a made-up reply'
        case '--output'
            printf '%s\t%s\n' 'json' 'JSON, indented' 'text' 'lines with tabs, for grep and cut' 'table' 'a drawn table' 'yaml' 'YAML' 'yaml-stream' 'YAML, page by page' 'csv' 'comma-separated, with a header' 'jsonl' 'JSON, one item a line' 'off' 'nothing'
        case '--region'
            printf '%s\t%s\n' 'af-south-1' 'Africa (Cape Town)' 'ap-east-1' 'Asia Pacific (Hong Kong)' 'ap-east-2' 'Asia Pacific (Taipei)' 'ap-northeast-1' 'Asia Pacific (Tokyo)' 'ap-northeast-2' 'Asia Pacific (Seoul)' 'ap-northeast-3' 'Asia Pacific (Osaka)' 'ap-south-1' 'Asia Pacific (Mumbai)' 'ap-south-2' 'Asia Pacific (Hyderabad)' 'ap-southeast-1' 'Asia Pacific (Singapore)' 'ap-southeast-2' 'Asia Pacific (Sydney)' 'ap-southeast-3' 'Asia Pacific (Jakarta)' 'ap-southeast-4' 'Asia Pacific (Melbourne)' 'ap-southeast-5' 'Asia Pacific (Malaysia)' 'ap-southeast-6' 'Asia Pacific (New Zealand)' 'ap-southeast-7' 'Asia Pacific (Thailand)' 'ca-central-1' 'Canada (Central)' 'ca-west-1' 'Canada West (Calgary)' 'eu-central-1' 'Europe (Frankfurt)' 'eu-central-2' 'Europe (Zurich)' 'eu-north-1' 'Europe (Stockholm)' 'eu-south-1' 'Europe (Milan)' 'eu-south-2' 'Europe (Spain)' 'eu-west-1' 'Europe (Ireland)' 'eu-west-2' 'Europe (London)' 'eu-west-3' 'Europe (Paris)' 'il-central-1' 'Israel (Tel Aviv)' 'me-central-1' 'Middle East (UAE)' 'me-south-1' 'Middle East (Bahrain)' 'mx-central-1' 'Mexico (Central)' 'sa-east-1' 'South America (Sao Paulo)' 'us-east-1' 'US East (N. Virginia)' 'us-east-2' 'US East (Ohio)' 'us-west-1' 'US West (N. California)' 'us-west-2' 'US West (Oregon)' 'cn-north-1' 'China (Beijing)' 'us-gov-east-1' 'AWS GovCloud (US-East)' 'us-gov-west-1' 'AWS GovCloud (US-West)' 'eusc-de-east-1' 'AWS European Sovereign Cloud (Germany)'
        case '--color'
            printf '%s\t%s\n' 'on' 'always' 'off' 'never' 'auto' 'on a terminal'
        case '--cli-binary-format'
            printf '%s\t%s\n' 'base64' '' 'raw-in-base64-out' ''
        case '--cli-error-format'
            printf '%s\t%s\n' 'enhanced' 'a line, with details and hints' 'legacy' 'a line' 'json' '' 'yaml' '' 'text' '' 'table' ''
        case '--logins 0'
            echo 'from login-keys'
        case '--roles 0'
            printf '%s\t%s\n' 'authenticated=' 'for users' 'unauthenticated=' 'for guests'
        case '--role-mappings 1'
            printf '%s\t%s\n' 'Type=' 'The role mapping type' 'AmbiguousRoleResolution=' 'If you specify Token or Rules as the Type, AmbiguousRoleResolution is...' 'RulesConfiguration=' 'The rules to be used for mapping users to roles'
        case '--role-mappings Type='
            printf '%s\t%s\n' 'Token' '' 'Rules' ''
        case '--role-mappings AmbiguousRoleResolution='
            printf '%s\t%s\n' 'AuthenticatedRole' '' 'Deny' ''
        case '--role-mappings 2'
            printf '%s\t%s\n' 'Rules=' 'An array of rules'
        case '--role-mappings 3'
            printf '%s\t%s\n' 'Claim=' 'The claim name that must be present in the token, for example, "isAdmin"...' 'MatchType=' 'The match condition that specifies how closely the claim value in the...' 'Value=' 'A brief string that the claim must match, for example, "paid" or "yes"' 'RoleARN=' 'The role ARN'
        case '--role-mappings MatchType='
            printf '%s\t%s\n' 'Equals' '' 'Contains' '' 'StartsWith' '' 'NotEqual' ''
        case '--role-mappings 0'
            echo 'from mapping-keys'
        case '--shell'
            printf '%s\t%s\n' 'bash' '' 'zsh' '' 'fish' '' 'powershell' '' 'cmd' ''
        case '--roles *='
            echo 'from roles'
        case '--trust *='
            echo 'from files'
    end
end

# The words that follow a command which is no operation.
function __cogid_words_after
    switch "$argv[1]"
        case 'help'
            printf '%s\t%s\n' 'query' 'pick from a reply with --query' 'output' 'the formats of --output, and errors' 'paging' 'long lists: everything, a part, going on' 'credentials' 'where credentials and region come from' 'exit-codes' 'what the number at the end means' 'shorthand' 'maps, lists and structures without JSON' 'local' 'the service on this machine, for trying and tests' 'environment' 'variables and files that are read' 'create-identity-pool' 'Make a pool' 'delete-identities' 'Delete identities, any number of them' 'delete-identity-pool' 'Delete a pool and its identities' 'describe-identity' 'Show an identity\'s logins and dates' 'describe-identity-pool' 'Show a pool\'s settings' 'get-credentials-for-identity' 'Get temporary AWS credentials' 'get-id' 'Get the identity of a user or guest' 'get-identity-pool-roles' 'Show a pool\'s roles and role mappings' 'get-open-id-token' 'Get an OpenID token for STS (classic flow)' 'get-open-id-token-for-developer-identity' 'Register or sign in a user of your own' 'get-principal-tag-attribute-map' 'Show which claims become session tags' 'list-identities' 'List the identities of a pool' 'list-identity-pools' 'List the pools of a region' 'list-tags-for-resource' 'Show a pool\'s tags' 'lookup-developer-identity' 'Find an identity by your user id, or back' 'merge-developer-identities' 'Make two of your users one identity' 'set-identity-pool-roles' 'Replace a pool\'s roles and role mappings' 'set-principal-tag-attribute-map' 'Choose which claims become session tags' 'tag-resource' 'Put tags on a pool' 'unlink-developer-identity' 'Take one of your users off an identity' 'unlink-identity' 'Take a public login off an identity' 'untag-resource' 'Take tags off a pool' 'update-identity-pool' 'Replace a pool\'s settings'
        case 'completion'
            printf '%s\t%s\n' 'bash' '' 'zsh' '' 'fish' '' 'powershell' ''
        case 'local'
            printf '%s\t%s\n' 'serve' 'Serve over HTTP until Ctrl-C' 'reset' 'Delete all local pools, identities and keys' 'path' 'Print where the state is kept' 'env' 'Print the variables that lead any AWS SDK to a running server'
    end
end

# The text of a word: $name is looked up (fish has taken the quotes off).
function __cogid_plain
    set -l name (string replace -rf '^\$([A-Za-z_][A-Za-z0-9_]*)$' '$1' -- $argv[1])
    if test -n "$name"
        echo -- "$$name"
    else
        printf '%s\n' "$argv[1]"
    end
end

function __cogid_files
    set -l path (string replace -r '^~/' "$HOME/" -- "$argv[2]")
    for found in $path*
        test -d "$found"; and set found "$found/"
        string match -q '~/*' -- "$argv[2]"
        and set found '~'(string sub -s (math (string length -- "$HOME") + 1) -- "$found")
        printf '%s%s\n' "$argv[1]" "$found"
    end
end

# Ask cogid itself; the line goes by a pipe, because tokens on it are nobody else's business.
function __cogid_ask
    set -l program $argv[2]
    command -sq -- "$program"; or set program cogid
    set -l line
    for word in $argv[3..-1]
        set -a line "$(__cogid_plain $word)"
    end
    printf '%s\0' $line | command $program completion fish --values $argv[1] 2>/dev/null
end

# Propose values for a flag: $argv[3] stands before the value, $argv[4] is what was typed of it.
function __cogid_values
    set -l kind (__cogid_kind_of "$argv[1]" "$argv[2]" | string split ' ')
    set -l head "$argv[3]"
    set -l tail "$argv[4]"
    set -l from "$kind[2]"
    set -l lines
    contains -- "$kind[1]" 1 + '?'; or return
    if test "$kind[3]" != -
        switch "$tail"
            case 'file://*'
                __cogid_files "$head""file://" (string sub -s 8 -- "$tail")
                return
            case 'fileb://*'
                __cogid_files "$head""fileb://" (string sub -s 9 -- "$tail")
                return
            case 'fileb*'
                printf '%s\n' "$head""fileb://"
            case '*'
                test "$kind[3]" = likely -o -n "$tail"
                and printf '%s\t%s\n' "$head""file://" 'the value is what the file holds'
        end
    end
    switch "$from"
        case -
            set lines (__cogid_values_of "$argv[2]")
        case places
            string match -qr '^[{[]' -- "$tail"; and return
            set -l inner (string replace -r '^.*[,{[]' '' -- "$tail")
            set -l length (math (string length -- "$tail") - (string length -- "$inner"))
            set -l place (string sub -l $length -- "$tail")
            set head "$head$place"
            set place (math (string replace -ra '[^{]' '' -- "$place" | string length) \
                - (string replace -ra '[^}]' '' -- "$place" | string length))
            if string match -q '*=*' -- "$inner"
                set place (string replace -r '=.*' '=' -- "$inner")
                set head "$head$place"
                set inner (string replace -r '^[^=]*=' '' -- "$inner")
            end
            set tail "$inner"
            set lines (__cogid_values_of "$argv[2] $place")
            set from -
            if string match -q 'from *' -- "$lines[1]"
                set from (string sub -s 6 -- "$lines[1]")
                set lines
            end
    end
    switch "$from"
        case -
        case files
            __cogid_files "$head" "$tail"
        case '*'
            set lines (__cogid_ask $from $argv[5..-1])
    end
    for line in $lines
        printf '%s%s\n' "$head" "$line"
    end
end

function __cogid_complete
    set -l before (commandline -opc)
    set -l current "$(commandline -ct)"
    if string match -qr '[\\\\\'"]' -- "$current"
        # Its quotes taken off; one may be open still.
        set current "$(string unescape -- "$current"
            or string unescape -- "$current\""
            or string unescape -- "$current'"
            or echo -- "$current")"
    end
    set -l command ''
    set -l waiting ''
    set -l waits ''
    set -l given
    for word in $before[2..-1]
        switch "$word"
            case '--*=*'
                set -a given (string replace -r '=.*' '' -- $word)
                set waiting ''
            case '-*'
                set -a given $word
                set waiting ''
                set waits (__cogid_kind_of "$command" "$word" | string split ' ')[1]
                contains -- "$waits" 1 + '?'; and set waiting $word
            case '*'
                if test -n "$waiting"
                    test "$waits" = +; or set waiting ''
                else if test -z "$command"
                    __cogid_commands | string match -q -- $word\t'*'; and set command $word
                else if __cogid_words_after "$command" | string length -q
                    set command "$command $word"
                end
        end
    end
    switch "$current"
        case '--*=*'
            set -l flag (string replace -r '=.*' '' -- "$current")
            set -l tail "$(string replace -r '^[^=]*=' '' -- "$current")"
            __cogid_values "$command" $flag $flag= "$tail" $before
            return
        case '-*'
            test -n "$waiting" -a "$waits" = 1; and return
        case '*'
            if test -n "$waiting"
                set -l lines (__cogid_values "$command" $waiting '' "$current" $before)
                set -q lines[1]; and printf '%s\n' $lines
                test "$waits" = 1 -o -n "$lines[1]"; and return
            else if test -z "$command"
                __cogid_commands
                return
            else if __cogid_words_after "$command"
                return
            end
            test -n "$current"; and return
    end
    for line in (__cogid_flags_of "$command")
        set -l flag (string split -f 1 \t -- $line)
        set -l bare (string sub -s 3 -- $flag)
        contains -- $flag $given; and continue
        contains -- --no-$bare $given; and continue
        contains -- --(string replace -r '^no-' '' -- $bare) $given; and continue
        printf '%s\n' $line
    end
end

complete -c cogid -e
complete -c cogid -f -k -a '(__cogid_complete)'
