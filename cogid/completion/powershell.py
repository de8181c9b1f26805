"""The completion script for PowerShell 5.1 and 7, on Windows and elsewhere.

The walk is that of ``bash.py``. Written without a PowerShell to try it in: the tests hold its
text against the table and its brackets against each other, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.completion.table import Flag, Table, Word

_TEMPLATE = r"""# Completion of cogid for PowerShell. Made by: python -m cogid.completion
# To load it: cogid completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName cogid -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # Words and what they are about, in turn.
    $commands = @(@COMMANDS@)
    # The flags of each command; an operation takes the global ones as well.
    $flagsOf = @{
@FLAGS@
    }
    $others = @(@OTHERS@)
    $globalFlags = @(@GLOBAL@)
    # How many words a flag takes (0, 1, + or ?), where its values come from, and whether file://
    # may stand for them.
    $kindOf = @{
@KINDS@
    }
    # The values of a flag, or those at one place inside it; or the source of live ones.
    $valuesOf = @{
@VALUES@
    }
    # The words that follow a command which is no operation.
    $wordsAfter = @{
@WORDS@
    }

    function Get-Kind([string] $command, [string] $flag) {
        foreach ($key in "$command $flag", $flag) {
            if ($kindOf.ContainsKey($key)) { return $kindOf[$key] }
        }
        return @('', '', '')
    }

    # The text of a word: quotes taken off, and $name looked up. Nothing is run for it.
    function Get-Text($element) {
        if ($element -is [System.Management.Automation.Language.VariableExpressionAst]) {
            $name = $element.VariablePath.UserPath
            return [string] (Get-Variable -Name $name -ValueOnly -ErrorAction Ignore)
        }
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            return $element.Value
        }
        return $element.Extent.Text
    }

    $found = New-Object System.Collections.ArrayList

    function Add-Words([string] $before, [object[]] $pairs) {
        for ($i = 0; $i + 1 -lt $pairs.Count; $i += 2) {
            [void] $found.Add(@(($before + $pairs[$i]), $pairs[$i + 1]))
        }
    }

    function Add-Files([string] $before, [string] $path) {
        $folder = $path -replace '[^/\\]*$', ''
        $where = $folder -replace '^~(?=[/\\])', $HOME
        if (-not $where) { $where = '.' }
        foreach ($item in Get-ChildItem -LiteralPath $where -ErrorAction Ignore) {
            $end = ''
            if ($item.PSIsContainer) { $end = '/' }
            [void] $found.Add(@(($before + $folder + $item.Name + $end), ''))
        }
    }

    # Ask cogid itself; the line goes by a pipe, because tokens on it are nobody else's business.
    function Add-Live([string] $before, [string] $source) {
        $program = Get-Text $commandAst.CommandElements[0]
        if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) {
            $program = 'cogid'
        }
        $encoding = [Console]::OutputEncoding
        try {
            [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
            $lines = ($given -join "`n") | & $program completion powershell --values $source 2>$null
        } catch {
            $lines = @()
        } finally {
            [Console]::OutputEncoding = $encoding
        }
        foreach ($line in $lines) {
            $value, $about = $line -split "`t", 2
            [void] $found.Add(@(($before + $value), $about))
        }
    }

    function Add-Values([string] $flag, [string] $head, [string] $tail) {
        $takes, $source, $files = Get-Kind $command $flag
        if (-not $takes -or $takes -eq '0') { return }
        if ($files -and $tail -match '^(fileb?://)(.*)$') {
            Add-Files ($head + $Matches[1]) $Matches[2]
            return
        }
        if ($files -and $tail -like 'fileb*') {
            Add-Words $head @('fileb://', '')
        } elseif ($files -eq 'likely' -or ($files -and $tail)) {
            Add-Words $head @('file://', 'the value is what the file holds')
        }
        $values = $valuesOf[$flag]
        if ($source -eq 'places') {
            if ($tail -match '^[{[]') { return }
            $inner = $tail -replace '^.*[,{[]', ''
            $outer = $tail.Substring(0, $tail.Length - $inner.Length)
            $head += $outer
            $opened = ($outer -replace '[^{]', '').Length
            $place = [string] ($opened - ($outer -replace '[^}]', '').Length)
            if ($inner -match '^([^=]*=)(.*)$') {
                $place = $Matches[1]
                $head += $place
                $inner = $Matches[2]
            }
            $tail = $inner
            $source = ''
            $values = $valuesOf["$flag $place"]
            if ($null -eq $values -and $place.EndsWith('=')) { $values = $valuesOf["$flag *="] }
            if ($values -is [string]) { $source, $values = $values, $null }
        }
        if ($null -ne $values) { Add-Words $head $values }
        if ($source -eq 'files') {
            Add-Files $head $tail
        } elseif ($source) {
            Add-Live $head $source
        }
    }

    $command = ''
    $waiting = ''
    $waits = ''
    $given = @()
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = Get-Text $element
        $given += $word
        if ($word -like '--*=*') {
            $waiting = ''
        } elseif ($word -like '-?*') {
            $waits = (Get-Kind $command $word)[0]
            $waiting = ''
            if ($waits -and $waits -ne '0') { $waiting = $word }
        } elseif ($waiting) {
            if ($waits -ne '+') { $waiting = '' }
        } elseif (-not $command) {
            if ($commands -ccontains $word) { $command = $word }
        } elseif ($wordsAfter.ContainsKey($command)) {
            $command = "$command $word"
        }
    }

    $current = $wordToComplete
    $wantFlags = $false
    if ($current -match '^(--[^=]*)=(.*)$') {
        $flag = $Matches[1]
        Add-Values $flag "$flag=" $Matches[2]
    } elseif ($current -like '-*') {
        $wantFlags = -not ($waiting -and $waits -eq '1')
    } elseif ($waiting) {
        Add-Values $waiting '' $current
        $wantFlags = $waits -ne '1' -and $found.Count -eq 0 -and -not $current
    } elseif (-not $command) {
        Add-Words '' $commands
    } elseif ($wordsAfter.ContainsKey($command)) {
        Add-Words '' $wordsAfter[$command]
    } else {
        $wantFlags = -not $current
    }

    if ($wantFlags) {
        $flags = @()
        if ($flagsOf.ContainsKey($command)) { $flags += $flagsOf[$command] }
        if ($others -notcontains ($command -split ' ')[0]) { $flags += $globalFlags }
        $names = @($given | ForEach-Object { ($_ -split '=', 2)[0] })
        for ($i = 0; $i + 1 -lt $flags.Count; $i += 2) {
            $bare = $flags[$i].Substring(2)
            $same = @("--$bare", "--no-$bare", ('--' + ($bare -replace '^no-', '')))
            if (-not ($same | Where-Object { $names -ccontains $_ })) {
                Add-Words '' @($flags[$i], $flags[$i + 1])
            }
        }
    }

    foreach ($pair in $found) {
        $text, $about = $pair
        if (-not $text.StartsWith($current, [System.StringComparison]::Ordinal)) { continue }
        $typed = $text
        if ($text -notmatch '^[A-Za-z0-9_./:=+-]+$') {
            $typed = "'" + ($text -replace "'", "''") + "'"
        }
        if (-not $about) { $about = $text }
        $type = [System.Management.Automation.CompletionResultType]::ParameterValue
        New-Object System.Management.Automation.CompletionResult $typed, $text, $type, $about
    }
}
"""


def script(table: Table) -> str:
    """Write the script."""
    others = [each for each in table.commands if not table.is_operation(each)]
    parts = {
        "COMMANDS": _listed(table.top()),
        "FLAGS": _entries((each.name, _array(table.own(each))) for each in table.commands),
        "OTHERS": ", ".join(map(_quoted, table.others())),
        "GLOBAL": _listed(table.flags),
        "KINDS": _entries(
            (pattern.removeprefix("* "), f"@({', '.join(map(_quoted, kind))})")
            for kind, patterns in table.kinds()
            for pattern in patterns
        ),
        "VALUES": _entries(
            (name, _quoted(place.source) if place.source else _array(place.words))
            for name, place in table.values().items()
        ),
        "WORDS": _entries((each.name, _array(each.words)) for each in others if each.words),
    }
    text = _TEMPLATE
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part)
    return text


def _entries(entries: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"        {_quoted(name)} = {what}" for name, what in entries)


def _array(words: Iterable[Flag | Word]) -> str:
    return f"@({_listed(words)})"


def _listed(words: Iterable[Flag | Word]) -> str:
    return ", ".join(f"{_quoted(each[0])}, {_quoted(each[1])}" for each in words)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
