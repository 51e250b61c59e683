import { Component } from 'react'
import type { ReactNode } from 'react'

type Props = { onFailed: () => void; children: ReactNode; fallback: ReactNode }

/** A screen that throws is skipped; it is tried again when its turn comes (give it a new `key`). */
export class ScreenGuard extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch(error: unknown) {
    console.error('a screen could not be drawn', error)
    this.props.onFailed()
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
