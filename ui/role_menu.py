"""Who is on duty and in which role: a button in the top bar, with a menu of the roles held."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from ui.theme import GRID
from ui.tr import tr
from ui.words.role_words import role_name

_MARGIN = 2 * GRID
_ARROW = 4 * GRID


class RoleMenu(QToolButton):
    """Emits `roleChosen` with the code of a role. Where there is but one, or none is known yet, it is only read.

    Where nobody is on duty it offers to take over: `takeAsked`.
    """

    roleChosen = Signal(str)
    takeAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._role = ""
        self._roles: tuple[str, ...] = ()
        self._shift: tuple[str, ...] | None = None
        self._take = False
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("duty", True)
        self._say()

    def show_name(self, name: str) -> None:
        """Say who sits here; the role, and who is on duty, are known when the desk is open."""
        self._name = name
        self._say()

    def show_role(self, role: str, roles: Sequence[str]) -> None:
        """Say in which role this person acts; `roles` are all that are held, offered in their order."""
        self._role, self._roles = role, tuple(roles)
        self._renew()

    def show_shift(self, forms: tuple[str, ...], *, take: bool = False) -> None:
        """Say who is on duty, `forms` from all words to as few as say it; besides, in which role one acts oneself.
        With `take` nobody is, and who sits here may take over."""
        self._shift = forms
        if take != self._take:
            self._take = take
            self._renew()
        self._say()

    def _renew(self) -> None:
        opens = self._opens()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if opens else Qt.FocusPolicy.NoFocus)
        old = self.menu()
        self.setMenu(self._made() if opens else None)  # type: ignore[arg-type]
        if old is not None:
            old.deleteLater()
        self._say()

    def _opens(self) -> bool:
        return self._take or len(self._roles) > 1

    def sizeHint(self) -> QSize:
        """The room for all of its words."""
        return QSize(self._width(self._forms()[0]), 8 * GRID)

    def minimumSizeHint(self) -> QSize:
        """The room for the role at least."""
        return QSize(self._width(self._forms()[-1]), 8 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, quietly, and an arrow behind them where there is a menu: the style's own hangs below."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu
        words, option.text = option.text, ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        place = self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0)
        ink = QPalette.ColorRole.Accent if self._take else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(ink))
        if self._opens():
            option.rect = QRect(place.right() - _ARROW // 2, place.center().y() - GRID // 2, 2 * GRID, 2 * GRID)
            option.palette.setColor(QPalette.ColorRole.ButtonText, painter.pen().color())
            painter.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, option)
            place.adjust(0, 0, -_ARROW, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words.replace("&&", "&"))
        painter.end()

    def _made(self) -> QMenu:
        menu = QMenu(self)
        if self._take:
            menu.addAction(tr("Take over the shift")).triggered.connect(self.takeAsked)
            menu.addSeparator()
        group = QActionGroup(menu)
        for code in self._roles if len(self._roles) > 1 else ():
            entry = QAction(_capital(role_name(code)), menu)
            entry.setCheckable(True)
            entry.setChecked(code == self._role)
            entry.triggered.connect(lambda _=False, code=code: self._choose(code))
            group.addAction(entry)
            menu.addAction(entry)
        return menu

    def _choose(self, code: str) -> None:
        if code != self._role:
            self.roleChosen.emit(code)

    def _say(self) -> None:
        words = self._forms()[0]
        several = len(self._roles) > 1
        opens = tr("Opens the roles that you hold") if several else ""
        hint = tr("{who}. Click to act in another role.", who=words) if several else words
        # Where the offer takes the room, the role is still read out.
        role = _capital(role_name(self._role)) if self._role else ""
        self.setAccessibleName(tr("{who} · {role}", who=words, role=role) if self._take and role else words)
        self.setAccessibleDescription(tr("Opens what takes over the shift") if self._take else opens)
        self.setToolTip(tr("{who}. Click to take over.", who=words) if self._take else hint)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        room = self.width()
        fitting = (words for words in self._forms() if self._width(words) <= room)
        # Two ampersands are one on a button; one would make a shortcut out of somebody's name.
        self.setText(next(fitting, self._forms()[-1]).replace("&", "&&"))

    def _forms(self) -> tuple[str, ...]:
        """From all words to as few as say it."""
        if self._shift is not None:
            role = _capital(role_name(self._role))
            if self._take:
                offers = tuple(tr("{shift} · take over", shift=form) for form in self._shift)
                return *offers, tr("take over the shift")
            both = (tr("{shift} · {role}", shift=form, role=role) for form in self._shift)
            # Who is on duty matters more than in which role one acts, which the menu says.
            return *both, self._shift[-1], role
        if not self._role:
            return (self._name,)
        role = _capital(role_name(self._role))
        return tr("{name} · {role}", name=self._name, role=role), role

    def _width(self, words: str) -> int:
        arrow = _ARROW if self._opens() else 0
        return self.fontMetrics().horizontalAdvance(words) + 2 * _MARGIN + arrow


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
