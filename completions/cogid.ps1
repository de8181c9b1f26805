# Completion of cogid for PowerShell 5.1 and 7: cogid says what there is, this hands over the line.
# To load it: cogid completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName cogid -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $program = $commandAst.GetCommandName()
    if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) {
        $program = 'cogid'
    }
    # The line goes by a pipe, because tokens on it are nobody else's business; with it go the
    # values of the variables that stand on it. Nothing is run to find them.
    $at = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.Extent.Text.PadRight($at)
    $sent = $line.Substring(0, $at) + "`0" + $line.Substring($at) + "`0$wordToComplete`0"
    foreach ($found in [regex]::Matches($line, '\$\{?(\w+)')) {
        $name = $found.Groups[1].Value
        $sent += "$name=" + (Get-Variable -Name $name -ValueOnly -ErrorAction Ignore) + "`0"
    }
    $OutputEncoding = New-Object System.Text.UTF8Encoding $false
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = $OutputEncoding
        $answer = $sent | & $program completion powershell --complete 1 2>$null
    } catch {
        $answer = @()
    } finally {
        [Console]::OutputEncoding = $encoding
    }
    foreach ($each in $answer) {
        $typed, $text, $about = $each -split "`t", 3
        [System.Management.Automation.CompletionResult]::new($typed, $text, 'ParameterValue', $about)
    }
}
